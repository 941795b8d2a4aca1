#!/bin/sh
# Checks a project folder and builds its documents in a copy; ends with 1 if anything is wrong. The folder itself stays as it is.
#   sh check.sh [FOLDER]                     FOLDER: the one with project.yaml; without it, the current one
#   ECOCSME="py -m ecocsme" sh check.sh      where the command has another name
#   FORMAT=github sh check.sh                problems as notes beside the lines of a change
set -eu
cd "${1:-.}"
${ECOCSME:-ecocsme} check --format "${FORMAT:-text}"
copy=$(mktemp -d)
trap 'rm -rf "$copy"' EXIT
cp -R . "$copy/project"
cd "$copy/project"
rm -rf out
for plan in plans/*.yaml; do
  [ -e "$plan" ] || continue
  plan=${plan##*/}
  ${ECOCSME:-ecocsme} build-plan "${plan%.yaml}"
done
