// sync_with_stdio(false), rdbuf, getline until the end, policy-based trees, and text beside it.
#include <ext/pb_ds/assoc_container.hpp>
#include <ext/pb_ds/tree_policy.hpp>
#include <iomanip>
#include <iostream>
#include <sstream>
#include <vector>
using namespace std;
using namespace __gnu_pbds;
template <class T> using ordered = tree<T, null_type, less<T>, rb_tree_tag, tree_order_statistics_node_update>;
int main() {
    ios::sync_with_stdio(false), cin.tie(nullptr);
    stringstream all;
    all << cin.rdbuf();
    string line;
    ordered<long long> seen;
    gp_hash_table<long long, int> count;
    vector<long long> numbers;
    while (getline(all, line)) {
        istringstream words(line);
        for (long long one; words >> one;) numbers.push_back(one), seen.insert(one), count[one]++;
    }
    clog << seen.order_of_key(1000) << '\n';
    cout << setprecision(12) << (numbers.at(0) * 7919 + numbers.at(1) * 104729) % 1000003 << "  \n\n";
}
