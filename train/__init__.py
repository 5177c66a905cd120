"""What is learned from texts and kept as a file of the desk: `python -m train.topics`."""
