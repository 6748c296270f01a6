using RadiogenomicsCloud.Fitting;
using RadiogenomicsCloud.Validation;

namespace RadiogenomicsCloud.Pipeline;

/// <summary>Makes a <see cref="StudyValidation"/> of the <c>validate</c> list, and refuses combinations that cannot be.</summary>
internal sealed class ValidationBinder(StudyErrors errors)
{
    public StudyValidation Bind(YamlMapping map)
    {
        var entries = map.Items("validate").Select(e => (Node: e, Name: ((YamlMapping)e).Entries[0].Key.Text)).ToArray();
        for (var e = 0; e < entries.Length; e++)
        {
            if (entries.Take(e).Any(earlier => earlier.Name == entries[e].Name))
                throw errors.At(entries[e].Node, "study.duplicate", $"'{entries[e].Name}' is given twice; keep one");
        }
        if (!ValidationEntries.Schemes.Any(s => Array.Exists(entries, e => e.Name == s.Name)))
        {
            throw errors.At(
                map.Find("validate")!, "study.combination",
                "'validate' needs bootstrap, nested_cv, leave_one_site_out or hold_out: all else says how these are judged");
        }
        return new StudyValidation(
            Find(ValidationEntries.Bootstrap) is { } bootstrap ? new BootstrapSettings(bootstrap.Integer("resamples")) : null,
            Find(ValidationEntries.NestedCv) is { } nested ? new NestedCrossValidationSettings(nested.Integer("folds"), nested.Integer("repeats")) : null,
            Find(ValidationEntries.Interval) is { } interval
                ? new IntervalSettings(interval.Integer("outer"), interval.Integer("inner"), interval.Integer("inner_repeats"), interval.Number("level"))
                : null)
        {
            LeaveOneSiteOut = Find(ValidationEntries.LeaveOneSiteOut) is null ? null : true,
            HoldOut = Find(ValidationEntries.HoldOut) is { } holdOut ? HoldOut(holdOut, Node(ValidationEntries.HoldOut)!) : null,
            Permutation = Find(ValidationEntries.PermutationTest) is { } permutation ? Permutation(permutation) : null,
            Threshold = Find(ValidationEntries.Threshold) is { } threshold ? Threshold(threshold) : null,
            RiskCategories = Find(ValidationEntries.RiskCategories) is { } categories ? Limits(categories, Node(ValidationEntries.RiskCategories)!) : null,
            RiskGroups = Find(ValidationEntries.RiskGroups) is { } groups
                ? groups.String("cut_off") == "median" ? RiskGroupRule.Median : RiskGroupRule.MaximallySelected
                : null,
            Horizons = Find(ValidationEntries.Horizons) is { } horizons ? horizons.NumberList("times") : null,
        };

        YamlNode? Node(RegistryEntry entry) => entries.FirstOrDefault(e => e.Name == entry.Name).Node;

        OptionValues? Find(RegistryEntry entry) => Node(entry) is { } node ? StudyFile.Options(entry, node) : null;
    }

    /// <summary>What the rest of the study must have for these entries.</summary>
    public void Check(YamlMapping map, Study study)
    {
        var (validate, kind) = (study.Validate, study.Endpoints[0].Kind);
        if (validate.LeaveOneSiteOut is true && study.Ids.Site is null)
            throw errors.At(map.Find("validate")!, "study.combination", "'leave_one_site_out' needs the column of the site: add site to 'ids'");
        if (validate.HoldOut?.Column is { } part && (study.Clinical.Contains(part, StringComparer.Ordinal) || study.Endpoints[0].Column == part))
            throw errors.At(map.Find("validate")!, "study.combination", $"'{YamlScalar.Show(part)}' names the part of 'hold_out' and cannot be a predictor or the endpoint");
        if (kind != EndpointKind.Survival && (validate.Horizons is not null || validate.RiskGroups is not null))
            throw errors.At(map.Find("validate")!, "study.combination", "'horizons' and 'risk_groups' are of survival endpoints");
        if (kind != EndpointKind.Binary && validate.Threshold is not null)
            throw errors.At(map.Find("validate")!, "study.combination", "'threshold' is of binary endpoints");
        if (kind != EndpointKind.Binary && validate.RiskCategories is not null)
            throw errors.At(map.Find("validate")!, "study.combination", "'risk_categories' is of binary endpoints");
    }

    private HoldOutOptions HoldOut(OptionValues options, YamlNode node)
    {
        string? column = options.String("column"), heldOut = options.String("held_out");
        return column is null == heldOut is null
            ? new HoldOutOptions(options.Number("share"), column, heldOut)
            : throw errors.At(node, "study.combination", "'hold_out' takes column and held_out together, or neither");
    }

    private double[] Limits(OptionValues options, YamlNode node)
    {
        double[] limits = [.. options.NumberList("limits")];
        return limits.Length > 0 && limits.Zip(limits.Skip(1)).All(pair => pair.First < pair.Second)
            ? limits
            : throw errors.At(node, "study.combination", "'risk_categories' needs limits that ascend, such as [0.1, 0.3]");
    }

    private static PermutationOptions Permutation(OptionValues options) => new(
        options.Integer("permutations"),
        options.String("scheme") == "out_of_bag" ? PermutationScheme.OutOfBag : PermutationScheme.CrossValidation,
        options.Integer("fits"));

    private static CutOffOptions Threshold(OptionValues options) => new(
        options.String("rule") switch
        {
            "youden" => ThresholdRule.Youden,
            "fixed" => ThresholdRule.Fixed,
            _ => ThresholdRule.Prevalence,
        },
        options.Number("value"));
}
