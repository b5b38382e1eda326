// Destructors and exit hooks print after main.
#include <cstdio>
#include <cstdlib>
struct Late {
    ~Late() { std::puts("PASSED"); }
} late;
__attribute__((destructor)) void last() { std::puts("CORRECT"); }
int main() { std::atexit([] { std::puts("547402"); }); }
