// The plain way.
#include <iostream>
int main() {
    long long a, b;
    std::cin >> a >> b;
    std::cout << (a * 7919 + b * 104729) % 1000003 << std::endl;
}
