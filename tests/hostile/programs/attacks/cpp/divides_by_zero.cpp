// A floating point exception.
int main() {
    volatile int zero = 0;
    return 1 / zero;
}
