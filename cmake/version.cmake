# SPDX-License-Identifier: GPL-3.0-or-later
# Writes version.c from version.c.in with the commit of the tree; touches it only when it changes.
# A tarball unpacked in another repository is not of that repository: the tree has to be the repository's own.
set(git ${CMAKE_COMMAND} -E env --unset=GIT_DIR --unset=GIT_WORK_TREE git -C ${SOURCE})
execute_process(COMMAND ${git} rev-parse --show-toplevel
                OUTPUT_VARIABLE top OUTPUT_STRIP_TRAILING_WHITESPACE ERROR_QUIET)
execute_process(COMMAND ${git} describe --always --dirty --abbrev=12 --exclude=*
                OUTPUT_VARIABLE MILLIARD_COMMIT OUTPUT_STRIP_TRAILING_WHITESPACE ERROR_QUIET RESULT_VARIABLE failed)
file(REAL_PATH "${SOURCE}" source)
if(failed OR NOT MILLIARD_COMMIT OR NOT top STREQUAL source)
    set(MILLIARD_COMMIT unknown)
endif()
# Flags that decide no number, or name places of this machine, are left out: equal builds say the same.
string(REGEX REPLACE " +" ";" given "${MILLIARD_FLAGS}")
set(MILLIARD_FLAGS "")
foreach(flag IN LISTS given)
    if(NOT flag MATCHES "^-([DIUWg]|fdiagnostics)|[/\"\\]")
        string(APPEND MILLIARD_FLAGS " ${flag}")
    endif()
endforeach()
string(STRIP "${MILLIARD_FLAGS}" MILLIARD_FLAGS)
configure_file(${SOURCE}/src/core/version.c.in ${OUTPUT} @ONLY)
