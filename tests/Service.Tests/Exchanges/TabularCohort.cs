using System.Globalization;
using System.Text;
using System.Text.Json;
using RadiogenomicsCloud.Fitting;
using RadiogenomicsCloud.Learning;
using RadiogenomicsCloud.Pipeline;
using RadiogenomicsCloud.Pipeline.Steps.Results;

namespace RadiogenomicsCloud.Service.Tests.Exchanges;

/// <summary>Cohorts of one clinical table, quick enough to be run in a test; an outcome follows two columns.</summary>
internal static class TabularCohort
{
    public const string StudyText =
        """
        schema: 1
        study: tables
        ids: {case: case, patient: patient}
        endpoints: [{column: out, kind: binary}]
        clinical: [a, b]
        compare: [clinical]
        models: [{elastic_net: {}}]
        validate: [{nested_cv: {folds: 3, repeats: 1}}]
        """;

    /// <param name="prefix">Begins the ids of cases and patients.</param>
    /// <param name="labels">Reference and event.</param>
    public static string Clinical(string prefix, int rows, string columns = "a,b", (string Reference, string Event)? labels = null)
    {
        var (reference, of) = labels ?? ("0", "1");
        var text = new StringBuilder($"case,patient,{columns},out\n");
        for (var i = 0; i < rows; i++)
        {
            var isEvent = i % 2 == 1;
            var a = (isEvent ? 4 : 0) + (i * 7 % 11);
            text.Append(CultureInfo.InvariantCulture, $"{prefix}{i:D3},{prefix}P{i:D3},{a},{i * 5 % 13},{(isEvent ? of : reference)}\n");
        }
        return text.ToString();
    }

    /// <summary>Locked models without a run: one a set, all alike.</summary>
    public static ModelDocument ModelsOf(params string[] sets) => Models("elastic_net", sets);

    /// <summary>Nearest neighbours, whose file holds training rows.</summary>
    public static ModelDocument ModelsWithRows(string set) => Models("knn", [set]);

    private static ModelDocument Models(string model, string[] sets)
    {
        const int Rows = 40;
        var rows = Enumerable.Range(0, Rows).Select(i => new RowId("tables", $"P{i}", $"C{i}")).ToList();
        var values = Enumerable.Range(0, Rows).Select(i => (i % 2 * 4.0) + (i * 7 % 11)).Concat(Enumerable.Range(0, Rows).Select(i => i * 5.0 % 13)).ToArray();
        var endpoint = new BinaryEndpoint("out", "1", "0", [.. Enumerable.Range(0, Rows).Select(i => i % 2 == 1)]);
        var options = JsonSerializer.SerializeToElement(new Dictionary<string, int>(), CanonicalJson.Options);
        var fitted = LearningRegistry.Pipeline([], new(model, options))
            .Fit(new(new Predictors(rows, ["a", "b"], values), endpoint, 1), CancellationToken.None);
        var locked = LockedModel.Create(fitted, endpoint, study: null);
        return new(StudyFile.Parse(StudyText, "study.yaml"), [.. sets.Select(set => new LockedSet(set, model, locked))]);
    }
}
