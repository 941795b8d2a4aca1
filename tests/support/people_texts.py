"""What people type: texts for property tests, rich in the signs that Markdown, Jinja, Word and our marks would read."""

from __future__ import annotations

from hypothesis import strategies as st

SIGNS = (
    *"\\`*_[]<>&|~#-+=!:{}().;,'\"^$%@/0129aAzșț „”–…\u00a0\u202f\u2028",
    *("::: small", ":::", "{#a}", "{lang=ro}", "](#a)", "{{ 7*7 }}", "{% raw %}", "&amp;", "&#35;", "&lt", "<b>", "<!--", "](http://a.ro)"),
    *("1. ", "- ", "# ", "> ", "| ", "---", "```", "~~", "***", "__", "![", "http://a.ro/b_c", "ana_pop@example.org", "10_000", "IT&C"),
)

# neither control characters (language.letters.printable takes them out) nor halves of characters
printable_texts = st.lists(
    st.one_of(st.sampled_from(SIGNS), st.characters(exclude_categories=["Cc", "Cs", "Cn", "Co"])), min_size=1, max_size=25
).map("".join)

texts = printable_texts.filter(lambda text: bool(text.strip()))


def folded(text: str) -> str:
    """A text as a comparison sees it: runs of white space are one space."""
    return " ".join(text.split())
