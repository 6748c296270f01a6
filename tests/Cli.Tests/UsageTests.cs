using RadiogenomicsCloud.Cli.Tests.Running;

namespace RadiogenomicsCloud.Cli.Tests;

public sealed class UsageTests
{
    [Theory]
    [InlineData("'bogus'", "bogus")]
    [InlineData("'COHORT'", "run")]
    [InlineData("'COHORT'", "associate")]
    [InlineData("'--nope'", "run", "somewhere", "--nope")]
    [InlineData("--image", "extract", "--mask", "m")]
    [InlineData("--folder", "extract")]
    [InlineData("exclude each other", "extract", "--image", "i", "--folder", "f")]
    [InlineData("--mask goes with --image", "extract", "--folder", "f", "--mask", "m")]
    [InlineData("--json and --format", "extract", "--image", "i", "--mask", "m", "--json", "--format", "wide")]
    [InlineData("make both agree", "extract", "--image", "i", "--mask", "m", "--out", "o.json", "--format", "wide")]
    [InlineData("'tall'", "extract", "--image", "i", "--mask", "m", "--format", "tall")]
    [InlineData("did you mean 'glcm'", "extract", "--image", "i", "--mask", "m", "--families", "gclm")]
    [InlineData("did you mean '3D_avg'", "extract", "--image", "i", "--mask", "m", "--aggregation", "3D_agv")]
    [InlineData("--parallel", "extract", "--folder", "f", "--parallel", "0")]
    [InlineData("'--model'", "validate", "somewhere")]
    [InlineData("--parallel", "run", "somewhere", "--parallel", "0")]
    [InlineData("'many'", "run", "somewhere", "--parallel", "many")]
    [InlineData("'RUN'", "report")]
    [InlineData("command", "")]
    public async Task Bad_usage_is_one_sentence_that_names_what_is_wrong(string says, params string[] args) =>
        (await Radiogenomics.Run([.. args.Where(a => a.Length > 0)])).Refused(null, says);

    [Fact]
    public async Task A_bad_setting_of_the_environment_is_named()
    {
        (await Radiogenomics.Run([("RADIOGENOMICS_PARALLEL", "lots")], "run", "somewhere")).Refused(null, "RADIOGENOMICS_PARALLEL", "'lots'");
        // What the command line says comes first.
        (await Radiogenomics.Run([("RADIOGENOMICS_PARALLEL", "lots")], "run", "somewhere", "--parallel", "1")).Refused("cohort.missing", "somewhere");
    }

    [Fact]
    public async Task Help_names_every_command_and_each_command_its_arguments()
    {
        var all = await Radiogenomics.Run("--help");
        all.Succeeded();
        (string Command, string[] Arguments)[] commands =
        [
            ("demo", ["--out", "--parallel"]),
            ("associate", ["COHORT", "--out", "--parallel", "--strict", "--json"]),
            ("run", ["COHORT", "--out", "--parallel", "--strict", "--json"]),
            ("extract", ["--image", "--mask", "--folder", "--list", "--roi", "--settings", "--families", "--aggregation", "--format", "--out", "--parallel", "--strict", "--json"]),
            ("inspect", ["COHORT", "--json", "--strict"]),
            ("validate", ["COHORT", "--model", "--out", "--parallel", "--strict", "--json"]),
            ("features", ["--json"]),
            ("verify", ["--ct-phantom", "--configurations", "--failures", "--csv", "--json"]),
            ("report", ["RUN"]),
            ("clean", ["DIR"]),
        ];
        foreach (var (command, arguments) in commands)
        {
            Assert.Contains($"\n  {command} ", all.Output, StringComparison.Ordinal);
            var help = await Radiogenomics.Run(command, "--help");
            help.Succeeded();
            Assert.Empty(help.Error);
            Assert.All(arguments, a => Assert.Contains(a, help.Output, StringComparison.Ordinal));
        }
    }
}
