"""What a Java source must be called, and which of its types is run."""

import pytest

from adjudge_worker.jail.languages.java_source import find_main

MAIN = "public static void main(String[] args) {}"


@pytest.mark.parametrize(
    ("source", "file", "name"),
    [
        (f"public class Main {{ {MAIN} }}", "Main.java", "Main"),
        (f"class Foo {{ {MAIN} }}", "Foo.java", "Foo"),
        (f"class Helper {{}} class Foo {{ {MAIN} }}", "Foo.java", "Foo"),
        (f"public class A {{}}\nclass B {{ {MAIN} }}", "A.java", "B"),
        (f"class A {{ class B {{ {MAIN} }} }} class C {{ {MAIN} }}", "C.java", "C"),
        (f"package a.b . c;\npublic class Q {{ {MAIN} }}", "Q.java", "a.b.c.Q"),
        (f"import java.util.*;\nclass Q {{ {MAIN} }}", "Q.java", "Q"),
        (f"/* package x; class No {{ */ // class No2\nclass Q {{ {MAIN} }}", "Q.java", "Q"),
        (f"class Q {{ String s = \"}} class No {{\"; char c = '}}'; {MAIN} }}", "Q.java", "Q"),
        (f'class Q {{ String s = """\n}} class No {{ \\"""\n"""; {MAIN} }}', "Q.java", "Q"),
        (f"public final class Q {{ {MAIN} }}", "Q.java", "Q"),
        (f"@Deprecated public class Q<T extends Object> {{ {MAIN} }}", "Q.java", "Q"),
        ("public enum Q { A, B; public static void main(String... a) {} }", "Q.java", "Q"),
        (f"public record Q(int a) {{ {MAIN} }}", "Q.java", "Q"),
        (f"public interface Q {{ {MAIN.removeprefix('public ')} }}", "Q.java", "Q"),
        (f"class Main extends Base {{}} class Base {{ {MAIN} }}", "Base.java", "Base"),
        ("void main() { System.out.println(1); }", "Main.java", "Main"),
        ("class Solution { int f() { return 1; } }", "Solution.java", "Solution"),
        ("", "Main.java", "Main"),
        ("package", "Main.java", "Main"),
        ("}}}} class Q { void main() {} }", "Main.java", "Main"),
        (f"public class $ {{ {MAIN} }}", "$.java", "$"),
        (f"public class {'é' * 120} {{ {MAIN} }}", "Main.java", "é" * 120),
    ],
)
def test_the_file_is_called_after_the_public_type_and_the_type_with_main_is_run(source, file, name):
    assert find_main(source) == (file, name)


@pytest.mark.parametrize(
    "unit", ["/", "/*", "*/", '"', "'", '"""', "\\", "{", "class ", "package ", "a.", "//", '"\\']
)
@pytest.mark.timeout(60)  # a second try at every place would take hours
def test_a_source_of_one_megabyte_is_read_in_one_pass(unit):
    file, _ = find_main(unit * (1_000_000 // len(unit)))

    assert file.endswith(".java")
