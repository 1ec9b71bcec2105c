"""What a job's process runs: exports and charts, from one snapshot of the database."""
