// A constant expression that takes for ever.
#pragma GCC optimize("O3")
constexpr unsigned long spin(unsigned long n) {
    unsigned long sum = 0;
    for (unsigned long i = 0; i < n; ++i)
        for (unsigned long j = 0; j < 200000; ++j) sum += i ^ j;
    return sum;
}
template <unsigned long... n>
constexpr unsigned long all = (spin(160 + n % 2) + ...);
constexpr unsigned long result = all<1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16>;
int main() { return result & 1; }
