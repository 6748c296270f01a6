using System.Globalization;
using System.Text;

namespace RadiogenomicsCloud.Cli.Tests.Service;

/// <summary>A cohort of one clinical table, run in a second or two; its outcome follows one column.</summary>
internal static class TableCohort
{
    public const string Study = "tables";

    /// <summary>New cases that a look at a locked model waits for.</summary>
    public const int FewestNewCases = 10;

    /// <param name="prefix">Begins the ids of cases and patients.</param>
    public static void Write(string folder, string prefix, int rows)
    {
        Directory.CreateDirectory(folder);
        File.WriteAllText(Path.Combine(folder, "study.yaml"),
            $$"""
            schema: 1
            study: {{Study}}
            ids: {case: case, patient: patient}
            endpoints: [{column: out, kind: binary}]
            clinical: [a, b]
            compare: [clinical]
            models:
              - elastic_net: {}
            validate:
              - nested_cv: {folds: 3, repeats: 2}
            revalidate:
              fewest_cases: {{FewestNewCases}}

            """);
        File.WriteAllText(Path.Combine(folder, "clinical.csv"), "case,patient,a,b,out\n" + Rows(prefix, rows));
    }

    public static void Add(string folder, string prefix, int rows) => File.AppendAllText(Path.Combine(folder, "clinical.csv"), Rows(prefix, rows));

    private static string Rows(string prefix, int rows)
    {
        var text = new StringBuilder();
        for (var i = 0; i < rows; i++)
        {
            var isEvent = i % 2;
            text.Append(CultureInfo.InvariantCulture, $"{prefix}{i:D3},{prefix}P{i:D3},{(isEvent * 4) + (i * 7 % 11)},{i * 5 % 13},{isEvent}\n");
        }
        return text.ToString();
    }
}
