"""What shows Vigie at work without the internet: an invented newsroom."""
