// The habits of contests.
#include <bits/stdc++.h>
#pragma GCC optimize("O3,unroll-loops")
using namespace std;
#define int long long
signed main() {
    ios_base::sync_with_stdio(false);
    cin.tie(nullptr);
    int a, b;
    cin >> a >> b;
    auto [x, y] = make_pair(a * 7919, b * 104729);
    cout << (x + y) % 1000003 << '\n';
    return 0;
}
