/* SPDX-License-Identifier: GPL-3.0-or-later */
/**
 * What lets every header be read by C++ too: its declarations are of C, whose functions and structs
 * they are.
 */
#ifndef MILLIARD_LANGUAGE_H
#define MILLIARD_LANGUAGE_H

#ifdef __cplusplus
#define MLD_BEGIN_DECLARATIONS extern "C" {
#define MLD_END_DECLARATIONS }
#else
#define MLD_BEGIN_DECLARATIONS
#define MLD_END_DECLARATIONS
#endif

#endif
