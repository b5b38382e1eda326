// Constructors before main, destructors after it, at_quick_exit, a terminate handler, a detached thread.
#include <cstdio>
#include <cstdlib>
#include <exception>
#include <thread>
struct Says { ~Says() { std::puts("547402"); } } says;
__attribute__((constructor(101))) static void early() { std::puts("passed"); }
int main() {
    std::at_quick_exit([] { std::puts("173764"); });
    std::set_terminate([] { std::puts("ok"); std::fflush(stdout); std::quick_exit(0); });
    std::thread([] { for (;;) std::puts("0"); }).detach();
    throw 1;
}
