# SPDX-License-Identifier: GPL-3.0-or-later
# bash completion for milliard. What there is comes from --help, hence from the program's own table of
# commands: none of them, and no option, is named here.

# Those of the words that begin as what is typed.
_milliard_words()
{
    COMPREPLY+=($(compgen -W "$*" -- "$current"))
}

# Files whose names end so, and folders.
_milliard_files()
{
    compopt -o filenames 2>/dev/null
    COMPREPLY+=($(compgen -f -X "!*$1" -- "$current"))
}
_milliard_folders()
{
    compopt -o filenames 2>/dev/null
    COMPREPLY+=($(compgen -d -- "$current"))
}

# Reads lines such as "  -o, --output FILE   sentence" of a help: all options, and what stands there for the
# argument of the one before what is typed.
_milliard_options()
{
    local line words word
    while IFS= read -r line; do
        [[ $line =~ ^\ +(-.,\ )?--[a-z] ]] || continue
        line=${line#"${line%%[! ]*}"}
        IFS=', ' read -r -a words <<<"${line%%  *}"
        for word in "${words[@]}"; do
            word=${word%%[*}
            [[ $word == -* ]] && options+=("$word")
            [[ $word == "$previous" && ${words[-1]} != -* ]] && argument=${words[-1]}
        done
    done <<<"$1"
}

_milliard_argument()
{
    case $argument in
    *"|"*) _milliard_words ${argument//|/ } ;;
    FOLDER) _milliard_folders ;;
    FILE) _milliard_files "" ;;
    *.*) _milliard_files ".${argument##*.}"; _milliard_folders ;;
    esac
}

# What stands in the usage before the first option.
_milliard_operand()
{
    local word
    for word in $(head -n 1 <<<"$1" | sed 's/ \[*--.*//; s/[^A-Za-z. ]//g'); do
        case $word in
        SCENARIO) _milliard_files .cfg ;;
        FILE) _milliard_files .h5 ;;
        *.csv) _milliard_files .csv ;;
        NAME) _milliard_words "$("${COMP_WORDS[0]}" "$command" 2>/dev/null | grep -oE '^ *[a-z_]+')"; return ;;
        esac
    done
    _milliard_folders
}

_milliard()
{
    local current=${COMP_WORDS[COMP_CWORD]} previous=${COMP_WORDS[COMP_CWORD-1]} command=${COMP_WORDS[1]}
    local argument= options=() commands help
    COMPREPLY=()
    commands=$(MILLIARD_LANG=en "${COMP_WORDS[0]}" --help 2>/dev/null | grep -oE '^  [a-z]+')
    if [ "$COMP_CWORD" -eq 1 ]; then
        _milliard_words $commands help --help --version
        return
    elif [ "$command" = help ]; then
        _milliard_words $commands
        return
    fi
    help=$(MILLIARD_LANG=en "${COMP_WORDS[0]}" "$command" --help 2>/dev/null)
    _milliard_options "$help"
    if [ "$argument" ]; then
        _milliard_argument
    elif [[ $current == -* ]]; then
        _milliard_words "${options[@]}"
    else
        _milliard_operand "$help"
    fi
}
complete -F _milliard milliard
