"""`python -m ecocsme` (`py -m ecocsme`): the same as the command `ecocsme`."""

from ecocsme.cli import main

main()
