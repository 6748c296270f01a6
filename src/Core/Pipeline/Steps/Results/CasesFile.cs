using RadiogenomicsCloud.Reporting.Documents;

namespace RadiogenomicsCloud.Pipeline.Steps.Results;

/// <summary><c>cases.csv</c>: every case with its status, reason and warnings.</summary>
internal static class CasesFile
{
    private const string BetweenWarnings = " | ";

    private static readonly string[] Header = ["case_id", "patient", "site", "status", "stage", "reason", "warnings"];

    public static void Write(Stream stream, IEnumerable<CaseRecord> cases) => CsvFile.Write(stream, Header, cases.Select(c => new[]
    {
        c.CaseId, c.Patient, c.Site ?? "", c.Status.ToString().ToLowerInvariant(), c.Stage, c.Reason, string.Join(BetweenWarnings, c.Warnings),
    }));

    public static IReadOnlyList<CaseRecord> Read(Stream stream, string name) =>
    [
        .. CsvFile.Read(stream, name, Header).Select(cells => new CaseRecord(
            cells[0], cells[1], cells[2].Length == 0 ? null : cells[2],
            Enum.TryParse<CaseStatus>(cells[3], ignoreCase: true, out var status) && Enum.IsDefined(status)
                ? status
                : throw new BadInputException("run.damaged", $"{name} has the status '{cells[3]}', which no run writes.", name),
            cells[4], cells[5], cells[6].Length == 0 ? [] : cells[6].Split(BetweenWarnings))),
    ];
}
