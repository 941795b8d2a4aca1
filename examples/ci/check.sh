#!/bin/sh
# Checks a project folder and tries to build what is out of date; ends with 1 if anything is wrong. Writes nothing.
#   sh check.sh [FOLDER]                     FOLDER: the one with project.yaml; without it, the current one
#   ECOCSME="py -m ecocsme" sh check.sh      where the command has another name
#   FORMAT=github sh check.sh                problems as notes beside the lines of a change
set -eu
cd "${1:-.}"
${ECOCSME:-ecocsme} check --format "${FORMAT:-text}"
${ECOCSME:-ecocsme} build --dry-run
