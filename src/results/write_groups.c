/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * /groups: returns by group of deals (model, section 18). A table says which groups there are;
 * then, for each design that has deals of its own, a fan over groups for each row of
 * mld_group_rows, the mean flows by period, and the IRR of these.
 */
#include "results/write.h"

/* ---- the table ---- */

static const struct mld_group_name *group_of(const void *context, size_t i)
{
    return &((const struct mld_group_table *)context)->name[i];
}

static const char *group_kind(const void *context, size_t i)
{
    return mld_group_kinds[group_of(context, i)->kind];
}

static const char *group_name(const void *context, size_t i) { return group_of(context, i)->name; }

static const char *group_label_en(const void *context, size_t i)
{
    return mld_group_label(group_of(context, i), 0);
}

static const char *group_label_fr(const void *context, size_t i)
{
    return mld_group_label(group_of(context, i), 1);
}

static void write_table(struct mld_results_writer *writer, hid_t group,
                        const struct mld_group_table *table)
{
    const struct mld_table_column column[] = { { "kind", group_kind, table },
                                               { "name", group_name, table },
                                               { "label_en", group_label_en, table },
                                               { "label_fr", group_label_fr, table } };
    mld_write_axis(writer, MLD_OVER_GROUP,
                   mld_h5_text_column(&writer->h5, writer->axes, "group", (size_t)table->n,
                                      group_name, table));
    mld_write_axis_link(writer, MLD_OVER_GROUP, group);
    mld_write_axis_link(writer, MLD_OVER_PERIOD, group);
    mld_write_table(writer, group, "table", MLD_OVER_GROUP, (size_t)table->n,
                    sizeof column / sizeof *column, column);
}

/* ---- the numbers ---- */

static void write_row(struct mld_results_writer *writer, hid_t group, int i,
                      const struct mld_fan *fan)
{
    const struct mld_group_row *row = &mld_group_rows[i];
    const struct mld_fan_text text = { row->name,     row->unit,   row->label_en,
                                       row->label_fr, row->doc_en, row->doc_fr };
    mld_write_fan(writer, group, &text, MLD_OVER_GROUP, fan);
}

static void write_flows(struct mld_results_writer *writer, hid_t group, const char *name,
                        const hsize_t size[2], const double *value, const char *label_en,
                        const char *label_fr)
{
    struct mld_h5 *h5 = &writer->h5;
    hid_t dataset = mld_h5_array(h5, group, name, H5T_IEEE_F64LE, H5T_NATIVE_DOUBLE, 2, size,
                                 value);
    mld_write_description(h5, dataset, "EUR", label_en, label_fr,
                          "All that the deals of the group pay less what they cost, in the period.",
                          "Tout ce que versent les investissements du groupe moins leur coût, dans "
                          "la période.");
    mld_write_labels(writer, dataset, 2, (enum mld_file_axis[]){ MLD_OVER_GROUP, MLD_OVER_PERIOD });
    mld_h5_close(dataset);
}

static void write_irr(struct mld_results_writer *writer, hid_t group, int n, const double *value)
{
    hid_t dataset = mld_h5_array(&writer->h5, group, "irr_of_means", H5T_IEEE_F64LE,
                                 H5T_NATIVE_DOUBLE, 1, &(hsize_t){ (hsize_t)n }, value);
    mld_write_description(&writer->h5, dataset, "1/year", "IRR of mean flows",
                          "TRI des flux moyens",
                          "Internal rate of return of the mean flows of the group.",
                          "Taux de rendement interne des flux moyens du groupe.");
    mld_write_labels(writer, dataset, 1, (enum mld_file_axis[]){ MLD_OVER_GROUP });
    mld_h5_close(dataset);
}

static void write_returns(struct mld_results_writer *writer, hid_t parent, int design,
                          const struct mld_group_table *table)
{
    const struct mld_group_returns *returns = &table->design[design];
    const hsize_t size[2] = { (hsize_t)table->n, (hsize_t)table->periods };
    hid_t group = mld_h5_group(&writer->h5, parent, mld_design_names[design]);
    mld_write_axis_link(writer, MLD_OVER_GROUP, group);
    mld_write_axis_link(writer, MLD_OVER_PERIOD, group);
    for (int i = 0; i < mld_group_row_count(); i++)
        write_row(writer, group, i, &returns->row[i]);
    write_flows(writer, group, "flow_mean", size, returns->flow.mean, "Mean flow", "Flux moyen");
    write_flows(writer, group, "flow_mean_error", size, returns->flow.mean_error,
                "Error of the mean flow", "Erreur du flux moyen");
    write_irr(writer, group, table->n, returns->irr_of_means);
    mld_h5_close(group);
}

void mld_write_groups(struct mld_results_writer *writer, const struct mld_summary *summary)
{
    const struct mld_group_table *table = &summary->groups;
    if (table->n == 0)
        return;
    hid_t group = mld_h5_group(&writer->h5, writer->file, "groups");
    write_table(writer, group, table);
    for (int design = 0; design < writer->designs; design++)
        if (table->design[design].row)
            write_returns(writer, group, design, table);
    mld_h5_close(group);
}
