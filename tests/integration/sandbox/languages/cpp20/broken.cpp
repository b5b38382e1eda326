template <std::integral T> int main() { return nowhere; }
