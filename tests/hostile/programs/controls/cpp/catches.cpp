// Exceptions, virtual functions, run-time types.
#include <cstdio>
#include <memory>
#include <stdexcept>
#include <typeinfo>
struct Shape {
    virtual ~Shape() = default;
};
struct Square : Shape {};
int main() {
    std::unique_ptr<Shape> shape = std::make_unique<Square>();
    long a, b;
    if (std::scanf("%ld %ld", &a, &b) != 2) return 1;
    try {
        if (typeid(*shape) == typeid(Square)) throw std::out_of_range("x");
    } catch (const std::exception&) {
        std::printf("%ld\r\n", (a * 7919 + b * 104729) % 1000003);
    }
}
