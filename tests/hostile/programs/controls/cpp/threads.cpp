// Threads.
#include <cstdio>
#include <thread>
int main() {
    long a, b, x = 0, y = 0;
    if (std::scanf("%ld %ld", &a, &b) != 2) return 1;
    std::thread one([&] { x = a * 7919; }), two([&] { y = b * 104729; });
    one.join();
    two.join();
    std::printf("%ld\n", (x + y) % 1000003);
}
