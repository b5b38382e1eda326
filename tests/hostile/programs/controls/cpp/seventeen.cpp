// What C++17 brought.
#include <charconv>
#include <cstdio>
#include <numeric>
#include <optional>
#include <string_view>
#include <variant>
template <class... T>
constexpr auto sum(T... terms) {
    return (terms + ...);
}
int main() {
    char line[64];
    if (!std::fgets(line, sizeof line, stdin)) return 1;
    std::string_view text(line);
    long a = 0, b = 0;
    std::from_chars(text.data(), text.data() + text.find(' '), a);
    std::from_chars(text.data() + text.find(' ') + 1, text.data() + text.size(), b);
    std::variant<int, long> answer = sum(a * 7919, b * 104729) % 1000003;
    if (auto found = std::get_if<long>(&answer); found) std::printf("%ld\n", *found);
}
