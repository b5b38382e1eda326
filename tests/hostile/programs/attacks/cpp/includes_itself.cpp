// Includes itself twice, without a guard.
#include __FILE__
#include __FILE__
int main() {}
