// consteval loops, concepts that ask themselves, a table of a gigabyte at compile time.
#include <array>
consteval unsigned long burn(unsigned long n) { unsigned long x = 1; for (unsigned long i = 0; i < n; i++) x = x * 31 + i; return x; }
template <class T> concept Deep = requires { typename T::template next<T>; };
template <unsigned long N> struct A { static constexpr unsigned long value = A<N - 1>::value + burn(200000 + N); };
template <> struct A<0> { static constexpr unsigned long value = 0; };
constexpr auto table = [] { std::array<unsigned char, 1 << 28> all{}; for (auto &one : all) one = 1; return all; }();
int main() { return static_cast<int>(A<800>::value) + table[7]; }
