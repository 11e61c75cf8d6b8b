"""A private PostgreSQL for trying, developing and testing: decision 0002."""
