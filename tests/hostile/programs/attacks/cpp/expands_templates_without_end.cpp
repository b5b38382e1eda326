// Template recursion that doubles at every step.
template <int depth, int side>
struct Tree {
    static constexpr long size = Tree<depth - 1, 2 * side>::size + Tree<depth - 1, 2 * side + 1>::size;
};
template <int side>
struct Tree<0, side> {
    static constexpr long size = side;
};
int main() { return Tree<30, 0>::size; }
