// Ranges, concepts, coroutines, threads, atomics, format by hand, filesystem, <=>.
#include <atomic>
#include <compare>
#include <concepts>
#include <coroutine>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>
#include <sstream>
#include <thread>
#include <vector>
template <class T> concept Number = std::integral<T>;
struct Pair { long long a, b; auto operator<=>(const Pair &) const = default; };
struct Steps {
    struct promise_type {
        long long now = 0;
        Steps get_return_object() { return {std::coroutine_handle<promise_type>::from_promise(*this)}; }
        std::suspend_always initial_suspend() noexcept { return {}; }
        std::suspend_always final_suspend() noexcept { return {}; }
        std::suspend_always yield_value(long long value) { now = value; return {}; }
        void return_void() {}
        void unhandled_exception() { std::terminate(); }
    };
    std::coroutine_handle<promise_type> handle;
};
Steps steps(Pair p) { co_yield p.a * 7919; co_yield p.b * 104729; }
auto sum(Number auto... all) { return (all + ...); }
int main() {
    std::string text((std::istreambuf_iterator<char>(std::cin)), {});
    std::istringstream words(text);
    auto numbers = std::vector<long long>(std::istream_iterator<long long>(words), {});
    auto walk = steps({numbers[0], numbers[1]});
    std::atomic<long long> total = 0;
    for (walk.handle.resume(); !walk.handle.done(); walk.handle.resume()) {
        std::jthread adds([&, part = walk.handle.promise().now] { total += part; });
    }
    walk.handle.destroy();
    auto path = std::filesystem::temp_directory_path() / "note";
    std::ofstream(path) << sum(total.load());
    long long back = 0;
    std::ifstream(path) >> back;
    std::cout << back % 1000003 << '\n';
}
