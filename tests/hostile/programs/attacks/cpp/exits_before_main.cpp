// A static constructor ends the program before main.
#include <cstdlib>
struct Early {
    Early() { std::_Exit(0); }
} early;
int main() { return 1; }
