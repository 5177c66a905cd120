"""What brings the whole stack up: the `.env` file, certificates, databases, the one-shot set-up of docker-compose.yml."""
