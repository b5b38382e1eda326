"""The words and commands that the grammar knows, as tables from spelling to token."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

_SPACING = (
    "left right middle big Big bigg Bigg bigl bigr Bigl Bigr biggl biggr Biggl Biggr bigm "
    "displaystyle "
    "textstyle scriptstyle limits nolimits quad qquad enspace thinspace space hline n t rm bf it "
    "therefore because normalsize large Large nonumber medspace thickspace negthinspace mathstrut "
    "strut centering boxed fbox hfill checkmark"
)
SKIPPED = frozenset(_SPACING.split())
"""Commands that say nothing."""

_GREEK = (
    "alpha beta gamma delta epsilon varepsilon zeta eta theta vartheta iota kappa lambda mu "
    "nu xi rho "
    "varrho sigma tau upsilon phi varphi chi psi omega Gamma Delta Theta Lambda Xi Pi Sigma "
    "Phi Psi "
    "Omega hbar ell partial nabla aleph odot star mho Re Im angle triangle infin"
)

_FUNCTIONS = (
    "sin cos tan cot sec csc sinh cosh tanh coth exp ln log lg min max gcd lcm arg det dim sgn deg "
    "cis"
)
FUNCTIONS = {name: name for name in _FUNCTIONS.split()} | {
    "arcsin": "asin", "arccos": "acos", "arctan": "atan", "arccot": "acot", "arcsec": "asec",
    "arccsc": "acsc", "asin": "asin", "acos": "acos", "atan": "atan", "arctg": "atan", "tg": "tan",
    "ctg": "cot", "cosec": "csc", "arcsinh": "asinh", "arccosh": "acosh", "arctanh": "atanh",
    "arsinh": "asinh", "artanh": "atanh", "arcosh": "acosh", "sign": "sgn", "abs": "abs",
    "floor": "floor", "ceil": "ceil", "binomial": "binomial", "factorial": "factorial",
    "cbrt": "cbrt",
}  # fmt: skip
"""Known functions: spelling to name."""

Token = tuple[str, object, bool]
"""Kind, value, whether space came before it."""

_PLAIN: dict[str, tuple[str, object]] = {
    "cdot": ("*", None), "times": ("*", None), "ast": ("*", None), "div": ("/", None),
    "pm": ("pm", "+"), "mp": ("pm", "-"),
    "frac": ("frac", None), "dfrac": ("frac", None), "tfrac": ("frac", None),
    "cfrac": ("frac", None), "sfrac": ("frac", None), "nicefrac": ("frac", None),
    "root": ("root", None), "of": ("of", None),
    "sqrt": ("sqrt", None), "binom": ("binom", None), "dbinom": ("binom", None),
    "tbinom": ("binom", None), "choose": ("choose", None), "over": ("over", None),
    "le": ("rel", "<="), "leq": ("rel", "<="), "leqslant": ("rel", "<="), "leqq": ("rel", "<="),
    "ge": ("rel", ">="), "geq": ("rel", ">="), "geqslant": ("rel", ">="), "geqq": ("rel", ">="),
    "lt": ("rel", "<"), "gt": ("rel", ">"), "ne": ("rel", "!="), "neq": ("rel", "!="),
    "approx": ("rel", "~"), "simeq": ("rel", "~"), "doteq": ("rel", "~"), "cong": ("rel", "~"),
    "equiv": ("rel", "mod"), "in": ("rel", "in"), "subset": ("rel", "subset"),
    "subseteq": ("rel", "subset"), "notin": ("rel", "notin"),
    "pmod": ("mod", None), "mod": ("mod", None), "bmod": ("mod", None),
    "cup": ("set", "union"), "bigcup": ("set", "union"), "cap": ("set", "intersection"),
    "setminus": ("set", "difference"), "backslash": ("set", "difference"),
    "smallsetminus": ("set", "difference"),
    "infty": ("const", "oo"), "pi": ("const", "pi"), "imath": ("const", "i"),
    "jmath": ("sym", "j"), "emptyset": ("empty", None),
    "varnothing": ("empty", None),
    "circ": ("deg", None), "degree": ("deg", None), "textdegree": ("deg", None),
    "textcirc": ("deg", None), "prime": ("'", None),
    "lfloor": ("lfloor", None), "rfloor": ("rfloor", None), "lceil": ("lceil", None),
    "rceil": ("rceil", None), "langle": ("(", None), "rangle": (")", None),
    "lvert": ("|", None), "rvert": ("|", None), "vert": ("|", None), "Vert": ("|", None),
    "lVert": ("|", None), "rVert": ("|", None), "mid": ("mid", None), "colon": (":", None),
    "lbrack": ("[", None), "rbrack": ("]", None), "lbrace": ("lset", None),
    "rbrace": ("rset", None),
    "lparen": ("(", None), "rparen": (")", None),
    "int": ("deferred", "integral"), "iint": ("deferred", "integral"),
    "oint": ("deferred", "integral"),
    "sum": ("deferred", "sum"), "prod": ("deferred", "product"), "lim": ("deferred", "limit"),
    "limsup": ("deferred", "limit"), "liminf": ("deferred", "limit"),
    "sup": ("deferred", "supremum"),
    "inf": ("deferred", "infimum"),
    "dots": ("sym", "…"), "ldots": ("sym", "…"), "cdots": ("sym", "…"), "vdots": ("sym", "…"),
    "ddots": ("sym", "…"), "dotsc": ("sym", "…"), "dotsb": ("sym", "…"),
    "implies": ("arrow", None), "Rightarrow": ("arrow", None), "Longrightarrow": ("arrow", None),
    "to": ("arrow", None), "rightarrow": ("arrow", None), "iff": ("arrow", None),
    "Leftrightarrow": ("arrow", None),
    "vec": ("accent", "vec"), "overrightarrow": ("accent", "vec"), "hat": ("accent", "hat"),
    "widehat": ("accent", "hat"), "bar": ("accent", "bar"), "overline": ("accent", "bar"),
    "tilde": ("accent", "tilde"), "dot": ("accent", "dot"), "ddot": ("accent", "ddot"),
    "land": ("and", None), "lor": ("or", None), "wedge": ("and", None), "vee": ("or", None),
    "euro": ("currency", "euro"), "cent": ("currency", "cent"),
    "pound": ("currency", "pound"), "pounds": ("currency", "pound"),
    "rupee": ("currency", "rupee"), "yen": ("currency", "yen"),
    "forall": ("word", "for"), "R": ("const", "R"), "N": ("const", "N"), "Z": ("const", "Z"),
    "Q": ("const", "Q"), "begin": ("begin", None), "end": ("end", None),
}  # fmt: skip
COMMANDS: Mapping[str, tuple[str, object]] = (
    {name: ("sym", name) for name in _GREEK.split()}
    | {"varepsilon": ("sym", "epsilon"), "varphi": ("sym", "phi"), "vartheta": ("sym", "theta")}
    | {spelling: ("fun", name) for spelling, name in FUNCTIONS.items()}
    | _PLAIN
)
"""LaTeX commands: name to token."""

TEXTUAL = frozenset(
    [
        "text",
        "textbf",
        "textit",
        "textrm",
        "texttt",
        "textsf",
        "textnormal",
        "mbox",
        "hbox",
        "mathrm",
        "mathbf",
        "mathit",
        "mathsf",
        "mathtt",
        "mathcal",
        "mathbb",
        "mathfrak",
        "boldsymbol",
        "bm",
        "operatorname",
        "emph",
        "textup",
        "bold",
        "underline",
    ]
)
"""Commands whose braces hold text."""

SYMBOLIC = TEXTUAL - frozenset(
    ["text", "textbf", "textit", "textrm", "textnormal", "mbox", "hbox", "emph", "textup"]
)
"""Those in which a single letter is a symbol and not a word."""

PLAIN_WORDS: Mapping[str, tuple[str, object]] = {
    "and": ("and", None), "or": ("or", None), "pi": ("const", "pi"), "infinity": ("const", "oo"),
    "inf": ("const", "oo"), "infty": ("const", "oo"), "oo": ("const", "oo"), "sqrt": ("sqrt", None),
    "union": ("set", "union"), "times": ("*", None), "cdot": ("*", None), "mod": ("mod", None),
    "in": ("rel", "in"), "leq": ("rel", "<="), "geq": ("rel", ">="), "neq": ("rel", "!="),
    "frac": ("frac", None), "quad": ("skip", None), "le": ("rel", "<="), "ge": ("rel", ">="),
    "odd": ("word", "odd"), "yes": ("word", "yes"), "not": ("word", "not"), "all": ("word", "all"),
    "no": ("word", "no"), "the": ("word", "the"), "for": ("word", "for"), "any": ("word", "any"),
    "is": ("word", "is"), "are": ("word", "are"), "if": ("word", "if"), "DNE": ("word", "DNE"),
    "So": ("word", "so"), "so": ("word", "so"), "minus": ("-", None), "negative": ("-", None),
    "choose": ("choose", None), "plus": ("+", None),
    "nor": ("word", "not"), "but": ("word", "but"), "of": ("word", "of"), "per": ("word", "per"),
    "to": ("word", "to"),
    "deg": ("deg", None), "degrees": ("deg", None), "degree": ("deg", None), "percent": ("%", None),
    "pct": ("%", None), "percentage": ("%", None), "only": ("word", "only"), "red": ("word", "red"),
    "one": ("word", "one"), "two": ("word", "two"), "ten": ("word", "ten"), "six": ("word", "six"),
    "alpha": ("sym", "alpha"), "beta": ("sym", "beta"), "gamma": ("sym", "gamma"),
    "delta": ("sym", "delta"), "theta": ("sym", "theta"), "lambda": ("sym", "lambda"),
    "sigma": ("sym", "sigma"), "omega": ("sym", "omega"), "phi": ("sym", "phi"),
} | {spelling: ("fun", name) for spelling, name in FUNCTIONS.items()}  # fmt: skip
"""Runs of letters outside LaTeX commands that are more than a product of variables."""

LETTER_CONSTANTS = {"e": "e", "i": "i"}
"""Letters that are numbers wherever they stand alone."""
