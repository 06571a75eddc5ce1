/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Memory of what a run of worlds found. */
#include "milliard/uncertain.h"

#include <stdlib.h>

#define SPLIT(member) offsetof(struct mld_split, member)
const struct mld_split_row mld_split_rows[] = {
    { "chance", SPLIT(chance), 0, "2", "Variance by chance", "Variance due au hasard",
      "Mean of the variance between paths of one world.",
      "Moyenne de la variance entre trajectoires d'un même monde." },
    { "ignorance", SPLIT(ignorance.value), 0, "2", "Variance by ignorance",
      "Variance due à l'ignorance",
      "Variance of the mean of a world over worlds, less what chance adds to it.",
      "Variance de la moyenne d'un monde entre mondes, moins ce que le hasard y ajoute." },
    { "ignorance_low", SPLIT(ignorance.low), 0, "2", "Variance by ignorance, low bound",
      "Variance due à l'ignorance, borne basse", "Low bound of its 95 % interval.",
      "Borne basse de son intervalle à 95 %." },
    { "ignorance_high", SPLIT(ignorance.high), 0, "2", "Variance by ignorance, high bound",
      "Variance due à l'ignorance, borne haute", "High bound of its 95 % interval.",
      "Borne haute de son intervalle à 95 %." },
    { "share", SPLIT(share.value), 0, "1", "Share of ignorance", "Part de l'ignorance",
      "Part of the variance of one result that better data would take away.",
      "Part de la variance d'un résultat que de meilleures données supprimeraient." },
    { "share_low", SPLIT(share.low), 0, "1", "Share of ignorance, low bound",
      "Part de l'ignorance, borne basse", "Low bound of its 95 % interval.",
      "Borne basse de son intervalle à 95 %." },
    { "share_high", SPLIT(share.high), 0, "1", "Share of ignorance, high bound",
      "Part de l'ignorance, borne haute", "High bound of its 95 % interval.",
      "Borne haute de son intervalle à 95 %." },
    { "band", SPLIT(band), 1, "", "What the mean could be", "Ce que la moyenne pourrait être",
      "Quantiles over worlds of their mean, shrunk by what chance adds.",
      "Quantiles entre mondes de leur moyenne, resserrés de ce que le hasard y ajoute." },
    { .name = NULL }
};
#undef SPLIT

#define OF(member) offsetof(struct mld_indices, member)
#define INDEX(member) offsetof(struct mld_index, member)
const struct mld_index_row mld_index_rows[] = {
    { "explained", OF(explained), 0, "1", "Explained", "Expliqué",
      "Part of the ignorance that the terms of the regression explain.",
      "Part de l'ignorance que les termes de la régression expliquent." },
    { "variance", OF(variance), 0, "2", "Ignorance", "Ignorance",
      "Variance of the mean over worlds that indices are parts of.",
      "Variance de la moyenne entre mondes dont les indices sont des parts." },
    { "numbers", OF(numbers), 0, "1", "By numbers alone", "Par les nombres seuls",
      "Part of the ignorance that judgements which are numbers explain alone.",
      "Part de l'ignorance que les jugements qui sont des nombres expliquent seuls." },
    { "choices", OF(choices), 0, "1", "By choices alone", "Par les choix seuls",
      "Part of the ignorance that choices, such as of a model, explain alone.",
      "Part de l'ignorance que les choix, tels ceux d'un modèle, expliquent seuls." },
    { "both", OF(both), 0, "1", "By numbers and choices together",
      "Par les nombres et les choix ensemble", "Part of the ignorance that they explain together.",
      "Part de l'ignorance qu'ils expliquent ensemble." },
    { "first", INDEX(first.value), 1, "1", "First-order index", "Indice de premier ordre",
      "Part of the ignorance that would go if this judgement were known.",
      "Part de l'ignorance qui disparaîtrait si ce jugement était connu." },
    { "first_low", INDEX(first.low), 1, "1", "First-order index, low bound",
      "Indice de premier ordre, borne basse", "Low bound of its 95 % interval.",
      "Borne basse de son intervalle à 95 %." },
    { "first_high", INDEX(first.high), 1, "1", "First-order index, high bound",
      "Indice de premier ordre, borne haute", "High bound of its 95 % interval.",
      "Borne haute de son intervalle à 95 %." },
    { "total", INDEX(total.value), 1, "1", "Total index", "Indice total",
      "Part of the ignorance that would stay if all other judgements were known.",
      "Part de l'ignorance qui resterait si tous les autres jugements étaient connus." },
    { "total_low", INDEX(total.low), 1, "1", "Total index, low bound", "Indice total, borne basse",
      "Low bound of its 95 % interval.", "Borne basse de son intervalle à 95 %." },
    { "total_high", INDEX(total.high), 1, "1", "Total index, high bound",
      "Indice total, borne haute", "High bound of its 95 % interval.",
      "Borne haute de son intervalle à 95 %." },
    { .name = NULL }
};
#undef INDEX
#undef OF

static int allocate_design(struct mld_uncertain *uncertain, int d)
{
    size_t measures = (size_t)mld_measure_count();
    uncertain->measure[d] = calloc(measures, sizeof *uncertain->measure[d]);
    uncertain->split[d] = calloc(measures, sizeof *uncertain->split[d]);
    uncertain->is_probability[d] = calloc(measures, 1);
    uncertain->mean[d] = calloc(measures * uncertain->worlds, sizeof *uncertain->mean[d]);
    return uncertain->measure[d] && uncertain->split[d] && uncertain->is_probability[d] &&
           uncertain->mean[d];
}

enum mld_status mld_uncertain_init(struct mld_uncertain *uncertain)
{
    size_t inputs = (size_t)uncertain->inputs + 1;
    uncertain->input = calloc(inputs, sizeof *uncertain->input);
    uncertain->u = calloc(inputs * uncertain->worlds, sizeof *uncertain->u);
    int has_room = uncertain->input && uncertain->u;
    for (int d = 0; d < uncertain->designs && has_room; d++)
        has_room = allocate_design(uncertain, d);
    for (int i = 0; i < MLD_MAX_INDEXED && has_room; i++) {
        uncertain->indexed[i].index = calloc(inputs, sizeof(struct mld_index));
        has_room = uncertain->indexed[i].index != NULL;
    }
    return has_room ? MLD_OK : MLD_ERR_MEMORY;
}

void mld_uncertain_free(struct mld_uncertain *uncertain)
{
    if (!uncertain)
        return;
    free(uncertain->input);
    free(uncertain->u);
    for (int d = 0; d < MLD_MAX_DESIGNS; d++) {
        free(uncertain->measure[d]);
        free(uncertain->split[d]);
        free(uncertain->is_probability[d]);
        free(uncertain->mean[d]);
    }
    for (int i = 0; i < MLD_MAX_INDEXED; i++)
        free(uncertain->indexed[i].index);
    free(uncertain);
}
