// Brackets that run the parser through its stack.
#define P1 ((((((((((
#define P2 P1 P1 P1 P1 P1 P1 P1 P1 P1 P1
#define P3 P2 P2 P2 P2 P2 P2 P2 P2 P2 P2
#define P4 P3 P3 P3 P3 P3 P3 P3 P3 P3 P3
#define P5 P4 P4 P4 P4 P4 P4 P4 P4 P4 P4
int main() { return P5 1; }
