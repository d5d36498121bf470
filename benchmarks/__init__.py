"""What is compared with what, one file a contender: `make bench`."""
