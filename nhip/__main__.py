"""`python -m nhip`."""

from nhip.cli import main

main()
