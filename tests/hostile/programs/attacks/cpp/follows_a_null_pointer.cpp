// A segmentation fault.
int main() {
    volatile int* nowhere = nullptr;
    return *nowhere;
}
