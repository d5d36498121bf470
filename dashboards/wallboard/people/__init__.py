"""The pages people sign in to and act on: plain forms, rendered here, that work by keyboard and without a script."""
