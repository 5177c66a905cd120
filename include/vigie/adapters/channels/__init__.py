"""Alerts out: mails and webhooks by ourselves, Slack, Teams, Matrix, ntfy and a hundred more through Apprise.

    channel     where alerts go, and its rules
    opening     the channels that are set: VIGIE_CHANNELS, and the channels file
    secrets     addresses and keys that stand elsewhere: in the environment, in Airflow's connections
    sending     one message to one channel
    webhooks    json:// and jsons://, signed
    mails       mailto:// and mailtos://, in text, HTML and pictures
    mail_account  what a mail address says
    services    the others
    hush        no log while addresses are about

An address is a secret: it never stands in an error, a log or the ledger. What may be stored is its channel's `key`.
"""
