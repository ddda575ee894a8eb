"""What is written: who publishes which disclosure of which year, and what its tables say."""
