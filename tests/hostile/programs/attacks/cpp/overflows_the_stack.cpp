// Recursion without end.
volatile int sink;
int down(int n) {
    volatile char block[1024];
    block[n % 1024] = n;
    int below = down(n + 1);
    return below + block[0];
}
int main() { sink = down(0); }
