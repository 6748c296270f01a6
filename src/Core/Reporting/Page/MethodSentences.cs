using System.Globalization;
using System.Text.Json;
using RadiogenomicsCloud.Fitting;
using RadiogenomicsCloud.Learning;
using RadiogenomicsCloud.Reporting.Documents;
using RadiogenomicsCloud.Reporting.Figures;
using RadiogenomicsCloud.Validation;

namespace RadiogenomicsCloud.Reporting.Page;

/// <summary>
/// What a resampled study did, in sentences; only of what it used, by its settings and its results. Settings of another shape (of an older
/// or a damaged run) say nothing and are no error.
/// </summary>
internal static class MethodSentences
{
    /// <summary>What is learned from data, and from which.</summary>
    public static IEnumerable<string> Learning(JsonElement study)
    {
        yield return "Imputation, filters, selection, tuning and fitting were learned inside each resample on its training cases only; copies of a case in a bootstrap sample never straddle inner folds.";
        if (Has(study, "columnTypes"))
            yield return "Columns of categories were encoded inside each resample: levels that its training cases lack, or have too seldom, get no column of their own, so that no level is learned from cases left out.";
        if (Has(study, "tune") || Tuned(study))
        {
            yield return $"Options left open were searched by {Tuner(Text(study, "tune", "name"))} on inner folds of the training cases of each resample; "
                + "the held-out cases had no part in it.";
        }
        if (Has(study, "recalibrate"))
        {
            var method = Text(study, "recalibrate", "options", "method") switch
            {
                "isotonic" => "isotonic regression",
                "intercept" => "a shift of their logit",
                _ => "logistic regression on their logit (Platt)",
            };
            yield return $"Probabilities were recalibrated by {method} on inner folds of the training cases, as part of the model that is validated and locked.";
        }
        if (Has(study, "choose"))
            yield return "The choice among all models and predictor sets was made anew inside each resample, by inner folds: its estimate is that of choosing, not that of the best of several looked at together.";
    }

    /// <summary>How unseen cases came about.</summary>
    public static IEnumerable<string> Schemes(ReportInput input)
    {
        var used = input.Performance.Models.SelectMany(m => m.Estimates).Where(e => e.Role == EstimateRole.Unseen).Select(e => e.Method).ToHashSet(StringComparer.Ordinal);
        var study = input.Provenance.Settings;
        if (used.Contains("out_of_bag"))
            yield return "Out-of-bag: the mean, over bootstrap samples, of the measure on the patients left out.";
        if (used.Contains("nested_cv"))
            yield return "Nested cross-validation: over repeats and folds, with tuning inside the training folds; cases of different folds, scored by different models, are not ranked against each other.";
        if (used.Contains("leave_one_site_out"))
            yield return "Leave-one-site-out: each site in turn was scored by models of the other sites; cases are ranked within their site only.";
        if (used.Contains("hold_out"))
        {
            var drawn = Text(study, "validate", "holdOut", "column") is { } column
                ? $"the part that column '{column}' names"
                : Number(study, "validate", "holdOut", "share") is { } share ? $"{Html.Percent(share)} of the patients, drawn once from every class of the outcome," : "one part of the patients";
            yield return $"Hold-out: {drawn} was scored by a model of the rest. A single split says little of what another would give.";
        }
        if (input.Performance.Models.Any(m => m.Estimates.Any(e => e.Interval is not null)))
            yield return "Intervals re-run the whole procedure inside bootstrap samples, as the letter of each says.";
    }

    /// <summary>Cut-offs, times and tests.</summary>
    public static IEnumerable<string> Judging(ReportInput input)
    {
        var (models, study) = (input.Performance.Models, input.Provenance.Settings);
        if (models.Any(m => m.Estimates.Any(e => e.Measure is "sensitivity" or "specificity")))
        {
            yield return Text(study, "validate", "threshold", "rule")?.ToUpperInvariant() switch
            {
                "FIXED" => $"Sensitivity, specificity, predictive values, accuracy, F1 and Matthews correlation are at the threshold {Number(study, "validate", "threshold", "value")?.ToString(CultureInfo.InvariantCulture)} that the study fixed.",
                "YOUDEN" => Thresholds("the greatest sum of sensitivity and specificity of their apparent predictions"),
                _ => Thresholds("their share of events"),
            };
        }
        var horizons = models.SelectMany(m => m.Estimates).Select(e => e.Horizon).OfType<double>().Distinct().Order().Select(EstimateNames.Time).ToList();
        if (horizons.Count > 0)
        {
            yield return $"Survival was judged at {string.Join(", ", horizons)}, in the unit of the study's table: "
                + (Has(study, "validate", "horizons") ? "times that the study fixed." : "the quartiles of the times of the events, the same in every resample.");
        }
        if (models.Select(m => m.RiskGroups).OfType<RiskGroups>().FirstOrDefault() is { } groups)
        {
            var where = groups.Rule == "maximally_selected" ? "where their log-rank statistic is greatest, with at least a tenth on each side" : "at the median of their risks";
            yield return $"Risk groups: the cut-off was fixed in each resample on its training cases, {where}; a case is of high risk if more than half of the models that had not seen it put it above their cut-off.";
        }
        if (models.Any(m => m.RiskGroups?.Incidence is not null || (m.CalibrationAt ?? []).Any(c => c.Incidence is not null)))
            yield return Competing;
        if (models.Select(m => m.Permutation).OfType<PermutationResult>().FirstOrDefault() is { } test)
        {
            yield return string.Create(
                CultureInfo.InvariantCulture,
                $"Label-permutation test: outcomes were dealt out anew to the patients {test.Permutations} times and everything that is learned was learned again; p = (runs with at least the observed value + 1) / ({test.Permutations} + 1).");
        }
    }

    /// <summary>What models and figures are of where other events compete.</summary>
    public const string Competing =
        "Models are cause-specific: a competing event ends a follow-up as censoring does, also in concordance, time-dependent AUC, Brier scores, calibration, net benefit and Kaplan–Meier curves. "
        + "What patients experience where other events compete is the cumulative incidence (Aalen–Johansen; groups by Gray's test), which stands beside.";

    private static string Tuner(string? name) => name switch
    {
        null or "random" => "random search",
        "grid" => "grid search",
        "sequential" => "a search of one option after the other",
        "gaussian_process" => "expected improvement under a Gaussian process",
        "tpe" => "a tree-structured Parzen estimator",
        "forest_smbo" => "expected improvement under a forest of regression trees",
        "genetic" => "a genetic algorithm",
        "grey_wolf" => "the grey wolf optimiser",
        _ => name.Replace('_', ' '),
    };

    private static string Thresholds(string rule) =>
        $"Sensitivity, specificity, predictive values, accuracy, F1 and Matthews correlation are at a threshold fixed in each resample on its training cases: {rule}.";

    /// <summary>Whether an option of a model is a range, the word "tune" or a list where a single value is taken.</summary>
    private static bool Tuned(JsonElement study) => Find(study, "models") is { ValueKind: JsonValueKind.Array } models && models.EnumerateArray().Any(m =>
        Find(m, "options") is { ValueKind: JsonValueKind.Object } options && options.EnumerateObject().Any(o => o.Value.ValueKind switch
        {
            JsonValueKind.Object => true,
            JsonValueKind.String => o.Value.ValueEquals("tune"),
            JsonValueKind.Array => LearningRegistry.Entries.FirstOrDefault(e => e.Name == Text(m, "name"))?.Options.FirstOrDefault(d => d.Name == o.Name) is { Type: not OptionType.NumberList },
            _ => false,
        }));

    private static bool Has(JsonElement element, params string[] path) =>
        Find(element, path) is { ValueKind: not JsonValueKind.Null } found && !(found.ValueKind is JsonValueKind.Object && !found.EnumerateObject().Any());

    private static string? Text(JsonElement element, params string[] path) => Find(element, path) is { ValueKind: JsonValueKind.String } found ? found.GetString() : null;

    private static double? Number(JsonElement element, params string[] path) =>
        Find(element, path) is { ValueKind: JsonValueKind.Number } found && found.TryGetDouble(out var number) ? number : null;

    private static JsonElement? Find(JsonElement element, params string[] path)
    {
        foreach (var name in path)
        {
            if (element.ValueKind is not JsonValueKind.Object || !element.TryGetProperty(name, out element))
                return null;
        }
        return element;
    }
}
