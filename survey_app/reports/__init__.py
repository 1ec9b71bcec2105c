"""What analysts get: tables, statistics and charts from instruments and plain responses."""
