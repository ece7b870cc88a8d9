"""The numbers that the people who ask for help rely on."""

# Working days until somebody has looked at a "please contact me".
FIRST_LOOK = 3
