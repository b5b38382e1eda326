/*
 * A plugin for g++ that makes a precompiled header worth more: `#pragma adjudge instantiate` at the
 * end of a header instantiates the templates that it already uses.
 *
 * g++ puts that off to the end of the program, so that every program with <bits/stdc++.h> would do
 * it anew: four fifths of the time that an empty program takes. The standard lets a compiler choose
 * (templates have a point of instantiation where they are used and one at the end, [temp.point]).
 *
 * It is loaded when the header is made, never when a candidate is compiled. What it needs of g++ is
 * declared here, because g++'s own headers are seldom installed; all of it is as old as plugins
 * are. Where it does not load, the header is made without it; see precompiled.py.
 */
#include <cstring>

struct plugin_argument;

struct plugin_name_args {
    char *base_name;
    const char *full_name;
    int argc;
    plugin_argument *argv;
    const char *version;
    const char *help;
};

struct plugin_gcc_version;
struct cpp_reader;

using callback = void (*)(void *event, void *ours);

extern "C" void register_callback(const char *plugin, int event, callback, void *ours);
extern const char **plugin_event_name;
void c_register_pragma(const char *space, const char *name, void (*handler)(cpp_reader *));
void instantiate_pending_templates(int retries);

static void on_pragma(cpp_reader *)
{
    instantiate_pending_templates(0);
}

static void on_pragmas(void *, void *)
{
    c_register_pragma("adjudge", "instantiate", on_pragma);
}

extern "C" {
int plugin_is_GPL_compatible; /* Apache-2.0 is, with version 3 */

int plugin_init(plugin_name_args *ours, plugin_gcc_version *)
{
    for (int event = 0; plugin_event_name[event] != nullptr; ++event) {
        if (std::strcmp(plugin_event_name[event], "PLUGIN_PRAGMAS") == 0) {
            register_callback(ours->base_name, event, on_pragmas, nullptr);
            return 0;
        }
    }
    return 1;
}
}
