"""What goes out on a channel and when: rules, given the time and what waits. Pure.

rules       what a channel takes and when: kinds, quiet hours, most messages an hour
planning    what waits becomes messages: one alert alone, or several gathered
patience    when a channel that did not take a message is tried again, and when it is given up
giving_up   what operators are told of a channel that took nothing for a day
rows, file  the channels file: YAML in, rows out, or everything that is wrong with its line
"""
