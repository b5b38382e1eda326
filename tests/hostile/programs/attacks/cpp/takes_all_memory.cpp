// Takes memory and touches it.
#include <cstdlib>
#include <cstring>
int main() {
    while (true) {
        void* block = std::malloc(1 << 24);
        if (block) std::memset(block, 1, 1 << 24);
    }
}
